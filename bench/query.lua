-- wrk asks for ids and with keys from files, in turn, and prints its figures in one line that a
-- script can read: requests, microseconds, errors, and p50, p99 and the worst in milliseconds.
-- Environment: BENCH_PATHS (one path a line), BENCH_KEYS (one key a line; unset sends none).
local paths, keys, requests = {}, {}, {}
local function lines(name, into)
  local file = os.getenv(name)
  if file and file ~= "" then
    for line in io.lines(file) do into[#into + 1] = line end
  end
end

function init()
  lines("BENCH_PATHS", paths)
  lines("BENCH_KEYS", keys)
  for i, path in ipairs(paths) do
    local fields = {}
    if #keys > 0 then fields["Authorization"] = "Bearer " .. keys[(i - 1) % #keys + 1] end
    requests[i] = wrk.format("GET", path, fields)
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
