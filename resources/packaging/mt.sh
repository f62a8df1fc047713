#!/bin/sh
# The terminal of an installed Master Trader: the same program, asked for words instead of a window. Link it from a folder of your path.
here=$(dirname "$(readlink -f "$0")")
exec "$here/../master-trader" mt "$@"
