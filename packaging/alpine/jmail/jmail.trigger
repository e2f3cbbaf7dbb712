#!/bin/sh

# Another Java: its class caches. What runs goes on with what it has.
/usr/libexec/jmail/train 2>/dev/null ||
	echo "jmail: no class caches: commands work, and start slower" >&2

exit 0
