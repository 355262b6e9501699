#!/bin/sh
# Make the virtual environment $1 and install the app into it with the extras $2.
set -eu
venv=$1
extras=$2

python=$(command -v python3 || true)
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
	echo "Python 3.10 or newer is needed." >&2
	exit 1
fi
if [ ! -x "$venv/bin/pip" ]; then
	# Debian keeps ensurepip in a package of its own
	if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
		if [ "$(id -u)" != 0 ]; then
			echo "Python's venv is missing. On Debian: apt-get install python3-venv" >&2
			exit 1
		fi
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
	fi
	"$python" -m venv "$venv"
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check --editable ".[$extras]"
