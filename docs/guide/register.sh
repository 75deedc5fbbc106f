#!/usr/bin/env bash
# Reads the notice offline, then finds the same in a served register. Needs ronghe and jq in PATH.
set -euo pipefail
notice=${1:?the notice as a text or .docx file}
ronghe policy parse "$notice" -o json | jq -r '"\(.doc_number)  \(.title)  \([.sections[].measures[]] | length) measures"'
slug=$(ronghe policy list -o json | jq -r '.[0].slug')
ronghe policy show "$slug"
ronghe measure show 4 --policy "$slug"
ronghe policy matrix "$slug" -o csv > matrix.csv
ronghe office show basic-education
