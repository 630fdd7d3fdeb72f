# The words with which the guides call the API. Source it in bash or zsh, from the root of the checkout:
#
#     . docs/guides/try.sh
#
# QA is the address of the platform, TOKENS the file with a token for each role.

QA=${QA:-http://127.0.0.1:8080}
TOKENS=${TOKENS:-var/demo-tokens}

# ask ROLE PATH [curl's options]                read something
ask() {
    _role=$1 _path=$2
    shift 2
    _call "$_role" GET "$_path" "$@"
}

# tell ROLE METHOD PATH [JSON] [curl's options]  change something
tell() {
    _role=$1 _method=$2 _path=$3 _json=${4:-}
    shift 3
    [ $# -eq 0 ] || shift
    [ -z "$_json" ] || set -- --header 'Content-Type: application/json' --data "$_json" "$@"
    _call "$_role" "$_method" "$_path" "$@"
}

# field PATH     print one value of the JSON that comes in, such as items.0.submission_id
field() {
    python3 -c 'import json, sys
value = json.load(sys.stdin)
for step in sys.argv[1].split("."):
    value = value[int(step)] if step.isdigit() else value[step]
print(value)' "$1"
}

# pretty         print the JSON that comes in, a value a line
pretty() {
    python3 -m json.tool --no-ensure-ascii
}

# The token goes to curl through a pipe, so that no list of processes shows it.
_call() {
    _role=$1 _method=$2 _path=$3
    shift 3
    awk -v role="$_role" '$1 == role { printf "header = \"Authorization: Bearer %s\"\n", $2 }' "$TOKENS" |
        curl --silent --show-error --config - --request "$_method" "$@" "$QA/api/v1/$_path"
}
