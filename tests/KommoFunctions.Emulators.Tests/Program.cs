using System.Globalization;
using KommoFunctions.Emulators.Azurite;

if (args is ["start-azurite", var folder])
{
    await using var azurite = await AzuriteProcess.StartAsync(new AzuriteOptions { DataFolder = folder }, CancellationToken.None);
    Console.WriteLine(azurite.ConnectionString);
    Console.WriteLine(azurite.ProcessId.ToString(CultureInfo.InvariantCulture));
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
}

return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
