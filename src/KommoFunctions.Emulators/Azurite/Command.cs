using System.Diagnostics;

namespace KommoFunctions.Emulators.Azurite;

/// <summary>Runs a program to its end and keeps the last lines that it printed.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(
        string fileName, IEnumerable<string> arguments, string? workingDirectory, CancellationToken cancellationToken)
    {
        var tail = new OutputTail();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(fileName, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = workingDirectory ?? "",
            },
        };
        process.OutputDataReceived += (_, line) => tail.Add(line.Data);
        process.ErrorDataReceived += (_, line) => tail.Add(line.Data);
        process.Start();
        try
        {
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await process.WaitForExitAsync(cancellationToken);
            return new CommandResult(process.ExitCode, tail.ToString());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

/// <summary>How a program ended, and the last lines that it printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output);
