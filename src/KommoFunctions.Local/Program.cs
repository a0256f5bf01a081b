using System.CommandLine;
using KommoFunctions.Local;

// Long enough for the app to finish what it is at after Ctrl-C, and for Azurite to write its data.
return await LocalCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
