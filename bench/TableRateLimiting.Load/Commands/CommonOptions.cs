using System.CommandLine;
using TableRateLimiting.Load.Running;
using TableRateLimiting.Load.Worker;

namespace TableRateLimiting.Load.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<double> Seconds() => new("--seconds") { Description = "Measured time", DefaultValueFactory = _ => LoadPlan.DefaultSeconds };

    public static Option<double?> WarmUp() => new("--warm-up") { Description = "Seconds before it (2; 45 with 32 processes, where a round of all callers takes 19 s)" };

    public static Option<string[]> Limiter()
    {
        var option = new Option<string[]>("--option")
        {
            Description = "A limiter option as Name=Value (ArrivalJitter=50ms); may be repeated",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            try
            {
                LimiterOptions.Parse(result.GetValueOrDefault<string[]>() ?? []).Validate();
            }
            catch (ArgumentException wrong)
            {
                result.AddError(wrong.Message);
            }
        });
        return option;
    }
}
