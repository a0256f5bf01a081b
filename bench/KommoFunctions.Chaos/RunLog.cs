namespace KommoFunctions.Chaos;

/// <summary>What the app's processes print, each line with its process; nowhere without a file.</summary>
internal sealed class RunLog(string? path) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter? _file = path is null ? null : new StreamWriter(path);

    public void Write(string line)
    {
        lock (_gate)
        {
            _file?.WriteLine(line);
        }
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
