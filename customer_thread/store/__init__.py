"""The SQL, a noun a file, in what MariaDB, SQLite and Postgres share."""
