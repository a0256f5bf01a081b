using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace TableRateLimiting.Load.Children;

/// <summary>A child's side of <see cref="Child"/>: the orders that come, and the end of the process that gave them.</summary>
internal sealed class Orders : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _end = new();
    private readonly ManualResetEventSlim _done = new();
    private readonly PosixSignalRegistration _interrupt;

    public Orders()
    {
        // Ctrl-C reaches every process of the terminal. The parent decides what happens then, and ends this process by its input.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        // A thread of its own: reading the console would hold one of the few threads of the pool.
        new Thread(Read) { IsBackground = true, Name = "orders" }.Start();
    }

    /// <summary>Cancelled when the parent has no more orders, or is no more.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>The orders, up to the end.</summary>
    public IAsyncEnumerable<string> ReadAllAsync() => _lines.Reader.ReadAllAsync(CancellationToken.None);

    public static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>Waits for the end, for a child that takes no orders.</summary>
    public async Task WaitForEndAsync()
    {
        await foreach (var order in ReadAllAsync())
        {
            throw new LoadException($"Unknown order '{order}'.");
        }
    }

    public void Dispose()
    {
        _done.Set();
        _interrupt.Dispose();
    }

    private void Read()
    {
        using (var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8))
        {
            while (input.ReadLine() is { } line)
            {
                _lines.Writer.TryWrite(line);
            }
        }

        _lines.Writer.TryComplete();
        _end.Cancel();
        if (!_done.Wait(Patience))
        {
            Environment.Exit(1);
        }
    }
}
