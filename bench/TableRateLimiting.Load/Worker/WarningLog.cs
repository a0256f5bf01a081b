using Microsoft.Extensions.Logging;

namespace TableRateLimiting.Load.Worker;

/// <summary>The limiter's warnings and errors on standard error, where a run shows them.</summary>
internal sealed class WarningLog(int number) : ILogger<TableRateLimiter>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Console.Error.WriteLine($"Process {number}: {formatter(state, exception)} {exception?.GetType().Name}");
        }
    }
}
