using System.CommandLine;
using KommoFunctions.Model;

var root = new RootCommand(
    "Plays interleavings of suspension, parking, release and replay of an account's messages over several processes with the core's own code: "
    + "nothing may be lost, doubled, or left over.");
var count = new Option<int>("--interleavings") { Description = "How many", DefaultValueFactory = _ => 100_000 };
var seed = new Option<int>("--seed") { Description = "The first one's seed; the others follow", DefaultValueFactory = _ => 1 };
var workers = new Option<int>("--workers") { Description = "How many are played side by side", DefaultValueFactory = _ => Environment.ProcessorCount };
var trace = new Option<bool>("--trace") { Description = "Plays the first one only, and tells what happens" };
var mutation = new Option<string?>("--mutation") { Description = "A protection of the core to do without, which must be found: " + string.Join("; ", ModelMutation.All.Select(known => $"{known.Name}: {known.Missing}")) };
mutation.AcceptOnlyFromAmong([.. ModelMutation.All.Select(known => known.Name)]);
foreach (var option in new Option[] { count, seed, workers, trace, mutation })
{
    root.Options.Add(option);
}

root.SetAction(async (result, _) =>
{
    var missing = ModelMutation.All.FirstOrDefault(known => known.Name == result.GetValue(mutation));
    return result.GetValue(trace)
        ? await ModelReport.TraceAsync(result.GetValue(seed), missing, Console.Out)
        : await ModelReport.RunAsync(result.GetValue(seed), result.GetValue(count), result.GetValue(workers), missing, Console.Out);
});
return await root.Parse(args).InvokeAsync();
