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

# A school files a need; its district returns it, then forwards it; the liaison office reads it.
enter wanghaifeng
enter liwenjing
need=$(as wanghaifeng need template | jq '.title="校园气象站与数据课" | .measures=[2] | .forms=["special_course"]
  | .stages=["junior_high"] | .students="320" | .teachers="6" | .background="天台闲置，学生对天气很感兴趣。"
  | .goals="建一个小型气象站。" | .benefit="用自己采集的数据说话。" | .budget="60000" | .period="一个学年"
  | .indicators=[{"name":"参加课程的学生","unit":"人","baseline":"0","target":"320"}]
  | .contact_name="王海峰" | .contact_phone="0531-00000001"')
draft=$(as wanghaifeng need create --file - --yes -o json <<<"$need" | jq -r .name)
number=$(as wanghaifeng need submit "$draft" --yes -o json | jq -r .number)
as liwenjing need return "$number" --correct goals=目标宜落到可检验的范围 --yes
jq '.goals="一年内建成气象站，开出十六课时。"' <<<"$need" | as wanghaifeng need edit "$number" --file - --yes
as wanghaifeng need submit "$number" --yes
as liwenjing need forward "$number" --yes
as zhangmin need show "$number"
as zhangmin cycle filing "$(date +%Y)"

# The auditor reads the time line and checks the chain.
enter heqing
as heqing audit list --search "$slug"
as heqing audit verify
