-- What each of wrk's connections sends, and one line of figures at the end.
local function content(path)
    local file = assert(io.open(path))
    local text = file:read("*a")
    file:close()
    return text
end

wrk.method = "POST"
wrk.path = "/v1beta/models/gemini-2.5-flash:generateContent"
wrk.body = content(os.getenv("BENCH_BODY"))
wrk.headers["Content-Type"] = "application/json"
-- From a file, because other users of the machine can read a program's arguments.
wrk.headers["x-goog-api-key"] = content(os.getenv("BENCH_TOKEN"))

-- requests, microseconds, p50 and p99 in microseconds, failures
done = function(summary, latency)
    local errors = summary.errors
    io.write(string.format("figures %d %d %d %d %d\n",
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
