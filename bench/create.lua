-- wrk creates tasks with the keys of a file in turn; see query.lua for the line that it prints.
-- Environment: BENCH_KEYS (one key a line), BENCH_BODY.
local requests = {}

function init()
  for key in io.lines(os.getenv("BENCH_KEYS")) do
    requests[#requests + 1] = wrk.format("POST", "/v1/video/create", {
      ["Authorization"] = "Bearer " .. key,
      ["Content-Type"] = "application/json",
    }, os.getenv("BENCH_BODY"))
  end
end

local at = 0
function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("FIGURES %d %d %d %.2f %.2f %.2f\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
