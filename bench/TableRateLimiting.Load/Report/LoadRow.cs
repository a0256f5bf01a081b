using TableRateLimiting.Load.Results;
using TableRateLimiting.Load.Running;

namespace TableRateLimiting.Load.Report;

/// <summary>A run of the report.</summary>
/// <param name="Command">The command that repeats it alone.</param>
internal sealed record LoadRow(LoadPlan Plan, LoadResult Result, string Command);
