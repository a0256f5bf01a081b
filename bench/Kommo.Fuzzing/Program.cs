using Kommo.Fuzzing;

// dotnet run -c Release --project bench/Kommo.Fuzzing [bodies] [seed]
var bodies = args.Length > 0 ? long.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000_000;
using var fuzzing = new FuzzRun(TimeProvider.System);
return fuzzing.Run(bodies, args.Length > 1 ? args[1] : null);
