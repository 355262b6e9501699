#!/bin/sh
# Install what the tests need besides Python: Chromium for the page, MariaDB for the SQL. Debian, as root.
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium fonts-liberation"
# the same without a desk around it, for half of the work; only notifications need the whole
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell"
# the browser's driver is Node, which Debian's smallest install cannot load
ldconfig -p | grep -q libatomic.so.1 || missing="$missing libatomic1"
command -v mariadbd >/dev/null || missing="$missing mariadb-server"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "Installing$missing"
	apt-get update -qq
	# no server is started: the tests start their own on a temporary folder
	printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends $missing >/dev/null
	rm -f /usr/sbin/policy-rc.d
elif [ "${CI:-}" = true ]; then
	echo "Missing:$missing, and this is no root on Debian: the tests would be incomplete." >&2
	exit 1
else
	echo "Skipping the tests that need$missing. On Debian: apt-get install$missing"
fi
