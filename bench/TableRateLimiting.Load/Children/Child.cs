using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace TableRateLimiting.Load.Children;

/// <summary>
/// Another process of this program. It takes orders as lines on its standard input and answers with lines on its standard
/// output; it ends when its input does, so also when this process is killed.
/// </summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _name;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private Child(Process process, string name)
    {
        _process = process;
        _name = name;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _lines.Writer.TryComplete();
            }
            else
            {
                _lines.Writer.TryWrite(line.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    public Task Exited { get; }

    public static Child Start(string role, params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        // "dotnet TableRateLimiting.Load.dll" rather than the program's own executable.
        string[] before = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        var start = new ProcessStartInfo(program, [.. before, role, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new Child(new Process { StartInfo = start }, role);
    }

    public async Task TellAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The rest of the next line, which must begin with a word.</summary>
    /// <exception cref="LoadException">The process said something else, or ended.</exception>
    public async Task<string> ExpectAsync(string word, CancellationToken cancellationToken)
    {
        try
        {
            var line = await _lines.Reader.ReadAsync(cancellationToken);
            return line.StartsWith(word, StringComparison.Ordinal)
                ? line[word.Length..].Trim()
                : throw new LoadException($"The {_name} process said '{line}' instead of '{word}'.");
        }
        catch (ChannelClosedException)
        {
            await Exited;
            throw Ended();
        }
    }

    public LoadException Ended() =>
        new(string.Create(CultureInfo.InvariantCulture, $"The {_name} process ended by itself with exit code {_process.ExitCode}."));

    /// <summary>Kills the process (SIGKILL) and waits until the system has taken it away.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already, and so is the other end of the pipe.
        }

        try
        {
            await Exited.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The {_name} process did not end in time and is killed.");
            _process.Kill(entireProcessTree: true);
            await Exited;
        }

        _process.Dispose();
    }
}
