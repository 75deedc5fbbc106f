#!/usr/bin/env bash
# The journeys of documents and accounts by the command line, against a demonstration. Needs ronghe and jq in PATH.
# usage: work.sh PASSWORD_FILE NOTICE, with RONGHE_SERVER where it is not http://127.0.0.1:8080
set -euo pipefail
password=${1:?the file that holds the password of the demonstration}
notice=${2:?a notice as a text or .docx file}
homes=$(mktemp -d)
trap 'rm -rf "$homes"' EXIT

# Each person has tokens of their own.
as() { local who=$1; shift; XDG_CONFIG_HOME="$homes/$who" ronghe "$@"; }
enter() { as "$1" login --account "$1" --password-file "$password"; }

# A visitor reads a measure.
ronghe measure show 4

# One person of the liaison office imports; whoever imported does not publish; a second person does.
enter zhangmin
enter liuzhiyuan
slug=$(as zhangmin policy import "$notice" --yes -o json | jq -r .slug)
as zhangmin policy check "$slug"
as zhangmin policy publish "$slug" --yes || echo "as it should be: a second person publishes"
as liuzhiyuan policy publish "$slug" --yes
ronghe policy show "$slug"

# An administrator makes an account; a role that decides waits for a second administrator.
enter wuxiao
enter dingkai
as wuxiao account create fangmin --name 方敏 --org university-liaison --role lead_office --yes
as dingkai account confirm fangmin --yes
as wuxiao account show fangmin

# The auditor reads the time line and checks the chain.
enter heqing
as heqing audit list --search "$slug"
as heqing audit verify
