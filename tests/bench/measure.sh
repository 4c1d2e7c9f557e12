# Parts of run.sh; sourced by it. Uses its variables: work, build, workers, seconds, streams, …

pids=()
gateway_pid=
ticks_per_second=$(getconf CLK_TCK)

stop_pid() {
    kill "$1" 2>/dev/null || return 0
    for ((i = 0; i < 300; ++i)); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.01
    done
    kill -9 "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

stop_all() {
    for pid in "${pids[@]}" $gateway_pid; do
        stop_pid "$pid"
    done
}

declare -A stream_path stream_body header

# What each face is asked, whole (a wrk script) and as a stream.
write_bodies() {
    local prompt='Say hello to the world in one short sentence, please.'
    local messages="\"messages\":[{\"role\":\"user\",\"content\":\"$prompt\"}]"
    local embedding_model=gemini-embedding-001
    local contents="\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"$prompt\"}]}]"
    face native x-goog-api-key "$token" /v1beta/models/$model:generateContent "{$contents}" \
        "/v1beta/models/$model:streamGenerateContent?alt=sse" "{$contents}"
    openai_face chat /v1/chat/completions "\"model\":\"$model\",$messages"
    openai_face responses /v1/responses "\"model\":\"$model\",\"store\":false,\"input\":\"$prompt\""
    openai_face completions /v1/completions "\"model\":\"$model\",\"prompt\":\"$prompt\""
    openai_face messages /v1/messages "\"model\":\"$model\",\"max_tokens\":1000,$messages"
    face ollama Authorization "Bearer $token" /api/chat "{\"model\":\"$model\",\"stream\":false,$messages}" \
        /api/chat "{\"model\":\"$model\",$messages}"
    face embeddings Authorization "Bearer $token" /v1/embeddings \
        "{\"model\":\"$embedding_model\",\"dimensions\":16,\"input\":\"$prompt\"}"
    face embed x-goog-api-key "$token" /v1beta/models/$embedding_model:batchEmbedContents \
        "{\"requests\":[{\"model\":\"models/$embedding_model\",\"content\":{\"parts\":[{\"text\":\"$prompt\"}]},\"outputDimensionality\":16}]}"
}

# NAME HEADER VALUE PATH BODY [STREAM_PATH STREAM_BODY]
face() {
    lua "$1" "$4" "$2" "$3" "$5"
    header[$1]="$2: $3" stream_path[$1]=${6:-} stream_body[$1]=${7:-}
}

# NAME PATH MEMBERS
openai_face() {
    face "$1" Authorization "Bearer $token" "$2" "{$3}" "$2" "{\"stream\":true,$3}"
}

# A wrk script whose request is made once.
lua() {
    cat >"$work/$1.lua" <<LUA
wrk.method = "POST"
wrk.path = "$2"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["$3"] = "$4"
wrk.body = [[$5]]
LUA
}

start_fake() {
    local events=$((events_per_second * stream_seconds))
    : >"$work/fake.out"
    "$build/fakegemini" --canned --chunks $events --chunk-delay-ms $((1000 / events_per_second)) >"$work/fake.out" &
    fake_pid=$!
    pids+=($fake_pid)
    until fake_port=$(sed -n 's/.*127.0.0.1://p' "$work/fake.out") && [ -n "$fake_port" ]; do
        kill -0 $fake_pid
        sleep 0.02
    done
}

start_nginx() {
    nginx_port=$("$build/tests/benchprobe" free-port)
    mkdir -p "$work/nginx"
    cat >"$work/nginx.conf" <<CONF
daemon off;
worker_processes $workers;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
    access_log off;
    client_body_temp_path $work/nginx/body;
    proxy_temp_path $work/nginx/proxy;
    fastcgi_temp_path $work/nginx/fastcgi;
    uwsgi_temp_path $work/nginx/uwsgi;
    scgi_temp_path $work/nginx/scgi;
    keepalive_requests 100000000;
    upstream gemini { server 127.0.0.1:$fake_port; keepalive 2048; keepalive_requests 100000000; }
    server {
        listen 127.0.0.1:$nginx_port backlog=4096 reuseport;
        location / {
            proxy_pass http://gemini;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }
    }
}
CONF
    nginx -e "$work/nginx/error.log" -p "$work/nginx" -c "$work/nginx.conf" &
    nginx_pid=$!
    pids+=($nginx_pid)
    sleep 0.3
    kill -0 $nginx_pid
}

# KEYS keys in an environment file.
write_keys() {
    {
        printf 'GEMINI_API_KEYS='
        seq -f 'benchmark-upstream-key-%08.0f' -s, 1 "$1"
    } >"$work/env"
    data=$work/data.$1
    mkdir -p "$data"
}

# Starts the gateway on the data folder `data`; start_ms is the time until /readyz is 200.
start_gateway() {
    gateway_port=$("$build/tests/benchprobe" free-port)
    "$build/tests/benchprobe" ready "$gateway_port" 30000 >"$work/ready" &
    local probe=$! before=${EPOCHREALTIME/./}
    env -i PATH="$PATH" HOME="$work" LC_ALL=C.UTF-8 HOST=127.0.0.1 PORT="$gateway_port" DATA_DIR="$data" \
        AUTH_TOKEN=bench-admin-token ALLOWED_TOKENS=$token GOOGLE_API_HOST="http://127.0.0.1:$fake_port" \
        WORKERS="$workers" LOG_LEVEL=warning \
        "$build/gemini-balance" --server --env-file "$work/env" >"$work/gateway.out" 2>&1 &
    gateway_pid=$!
    wait $probe || { cat "$work/gateway.out" >&2; exit 1; }
    start_ms=$((($(cat "$work/ready") - before) / 1000))
}

stop_gateway() {
    stop_pid "$gateway_pid"
    gateway_pid=
}

# CPU time of a process and its children that live, in µs.
cpu_us() {
    local total=0 pid
    for pid in "$1" $(cat "/proc/$1/task/$1/children"); do
        total=$((total + $(sed 's/.*) //' "/proc/$pid/stat" | awk '{print $12 + $13}')))
    done
    echo $((total * (1000000 / ticks_per_second)))
}

rss_kib() {
    awk '/^VmRSS/ {print $2}' "/proc/$1/status"
}

# Sets port, pid and script of a way; pid is empty for direct. The gateway's ways are named by their faces.
choose() {
    case $1 in
    direct) port=$fake_port pid= script=native ;;
    nginx) port=$nginx_port pid=$nginx_pid script=native ;;
    nginx-embed) port=$nginx_port pid=$nginx_pid script=embed ;;
    *) port=$gateway_port pid=$gateway_pid script=$1 ;;
    esac
}

# Prints: requests/s, p50 µs, p99 µs, CPU µs per request.
measure_requests() {
    local before=0 after=0
    choose "$1"
    [ -z "$pid" ] || before=$(cpu_us "$pid")
    wrk -t1 -c"$2" -d"${seconds}s" --latency -s "$work/$script.lua" "http://127.0.0.1:$port" >"$work/wrk.out"
    [ -z "$pid" ] || after=$(cpu_us "$pid")
    if grep -q 'Non-2xx\|Socket errors' "$work/wrk.out"; then
        echo "wrk met errors ($1, $2 connections):" >&2
        cat "$work/wrk.out" >&2
    fi
    awk -v cpu=$((after - before)) '
        function us(text) { return text * (text ~ /us$/ ? 1 : text ~ /ms$/ ? 1000 : 1000000) }
        $1 == "50%" { p50 = us($2) }
        $1 == "99%" { p99 = us($2) }
        $2 == "requests" { count = $1 }
        $1 == "Requests/sec:" { rate = $2 }
        END { printf "%.0f %.0f %.0f %.1f\n", rate, p50, p99, count ? cpu / count : 0 }' "$work/wrk.out"
}

# The median of column $2 in file $1.
median() {
    awk -v column="$2" '{print $column}' "$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

print_requests() {
    local file=$work/requests.$1.$2 base=$work/requests.$1
    awk -v connections="$1" -v way="$2" -v rate="$(median "$file" 1)" -v p50="$(median "$file" 2)" \
        -v p99="$(median "$file" 3)" -v cpu="$(median "$file" 4)" -v nginx="$(median "$base.nginx" 4)" \
        -v direct="$(median "$base.direct" 2)" 'BEGIN {
        ratio = way == "direct" || !nginx ? "–" : sprintf("%.2f", cpu / nginx)
        added = way == "direct" ? "–" : sprintf("%.0f", p50 - direct)
        printf "| %d | %s | %.0f | %.0f | %.0f | %s | %s | %s |\n", connections, way, rate, p50, p99,
            way == "direct" ? "–" : cpu, ratio, added }'
}

# Prints: events, lost events, p50 µs, p99 µs, CPU µs per event, KiB per stream.
measure_streams() {
    local before=0 after=0 peak=0 load
    choose "$1"
    [ -z "$pid" ] || before=$(cpu_us "$pid")
    "$build/tests/sseload" --port "$port" --path "${stream_path[$script]}" --header "${header[$script]}" \
        --body "${stream_body[$script]}" --streams $streams \
        --events $((events_per_second * stream_seconds)) --ramp-ms 1000 --timeout-ms $((stream_seconds * 1000 + 8000)) \
        >"$work/streams.out" &
    load=$!
    if [ -n "$pid" ] && [ "$pid" = "$gateway_pid" ]; then
        sleep $((stream_seconds / 2 + 1))
        peak=$(rss_kib "$pid")
    fi
    wait $load || true
    [ -z "$pid" ] || after=$(cpu_us "$pid")
    local result=" $(cat "$work/streams.out") "
    field() { result_of=${result#* "$1"=}; echo "${result_of%% *}"; }
    awk -v events="$(field events)" -v lost="$(field lost)" -v p50="$(field p50_us)" -v p99="$(field p99_us)" \
        -v cpu=$((after - before)) -v grown=$((peak - idle_kib)) -v streams=$streams 'BEGIN {
        printf "%d %d %.0f %.0f %.1f %.1f\n", events, lost, p50, p99, events ? cpu / events : 0, grown / streams }'
}

# Medians of the rounds, but of lost events the sum and of memory the most (it stays with the process).
print_streams() {
    local file=$work/streams.$1 base=$work/streams
    awk -v way="$1" -v events="$(median "$file" 1)" -v lost="$(awk '{sum += $2} END {print sum}' "$file")" \
        -v p50="$(median "$file" 3)" -v p99="$(median "$file" 4)" -v cpu="$(median "$file" 5)" \
        -v nginx="$(median "$base.nginx" 5)" -v direct50="$(median "$base.direct" 3)" \
        -v direct99="$(median "$base.direct" 4)" -v grown="$(sort -rnk6 "$file" | awk 'NR == 1 {print $6}')" 'BEGIN {
        is_direct = way == "direct"
        printf "| %s | %d | %d | %.0f | %.0f | %s | %s | %s | %s | %s |\n", way, events, lost, p50, p99,
            is_direct ? "–" : sprintf("%.0f", p50 - direct50), is_direct ? "–" : sprintf("%.0f", p99 - direct99),
            is_direct ? "–" : cpu, is_direct || !nginx ? "–" : sprintf("%.2f", cpu / nginx),
            (grown > 0) ? grown : "–" }'
}

measure_keys() {
    local first idle
    write_keys "$1"
    start_gateway
    first=$start_ms
    stop_gateway
    start_gateway
    sleep 1
    idle=$(rss_kib "$gateway_pid")
    for ((round = 0; round < rounds; ++round)); do
        measure_requests native 64 >>"$work/keys.$1"
    done
    stop_gateway
    awk -v keys="$1" -v first="$first" -v start="$start_ms" -v idle="$idle" -v rate="$(median "$work/keys.$1" 1)" \
        -v p50="$(median "$work/keys.$1" 2)" -v p99="$(median "$work/keys.$1" 3)" -v cpu="$(median "$work/keys.$1" 4)" \
        'BEGIN { printf "| %d | %d | %d | %.1f | %.0f | %.0f | %.0f | %s |\n", keys, first, start, idle / 1024, rate,
            p50, p99, cpu }'
}

# CPU of a face per request and per event, against nginx in the same run.
print_face() {
    local requests=$work/faces base=nginx
    [ "$1" != embeddings ] || base=nginx-embed
    awk -v face="$1" -v cpu="$(median "$requests.$1" 4)" -v nginx="$(median "$requests.$base" 4)" \
        -v event="$([ ! -f "$work/face-streams.$1" ] || median "$work/face-streams.$1" 5)" \
        -v nginx_event="$(median "$work/face-streams.nginx" 5)" 'BEGIN {
        printf "| %s | %s | %.2f | %s | %s |\n", face, cpu, nginx ? cpu / nginx : 0, event == "" ? "–" : event,
            event == "" || !nginx_event ? "–" : sprintf("%.2f", event / nginx_event) }'
}

measure_faces() {
    local way
    for ((round = 0; round < rounds; ++round)); do
        for way in nginx nginx-embed "$@"; do
            measure_requests "$way" 64 >>"$work/faces.$way"
        done
        for way in nginx "$@"; do
            [ "$way" != nginx ] && [ -z "${stream_path[$way]}" ] || measure_streams "$way" >>"$work/face-streams.$way"
        done
    done
    for way in "$@"; do
        print_face "$way"
    done
}
