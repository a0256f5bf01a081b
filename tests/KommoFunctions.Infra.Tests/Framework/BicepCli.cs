using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace KommoFunctions.Infra.Tests.Framework;

/// <summary>The Bicep CLI from NuGet, which exists for linux-x64 here.</summary>
internal static class BicepCli
{
    public static bool Runs => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static string Program { get; } = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "BicepCli").Value!;

    /// <summary>Writes what a deployment with these parameters would make, beside them.</summary>
    public static void Snapshot(string parametersFile)
    {
        // NuGet does not keep the executable bit.
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(Program, File.GetUnixFileMode(Program) | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "snapshot", parametersFile, "--mode", "overwrite", "--tenant-id", "00000000-0000-4000-8000-00000000000b",
            "--subscription-id", "00000000-0000-4000-8000-00000000000a", "--resource-group", "rg-kommo", "--location", "westeurope",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"bicep snapshot {parametersFile} ended with {process.ExitCode}: {output} {error.Result}");
    }
}
