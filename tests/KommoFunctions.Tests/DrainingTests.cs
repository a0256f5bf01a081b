using KommoFunctions.Draining;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KommoFunctions.Tests;

public sealed class DrainingTests
{
    private readonly RunningInvocations _invocations = new(TimeProvider.System);
    private readonly TaskCompletionSource _work = new();

    [Fact]
    public async Task The_end_waits_for_what_runs()
    {
        var running = InvokeAsync();

        var stopping = _invocations.StoppingAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        var waited = !stopping.IsCompleted;
        _work.SetResult();
        await running;
        await stopping;

        Assert.True(waited, "The end came before what ran had ended.");
    }

    [Fact]
    public async Task The_end_comes_when_its_time_is_over_whatever_runs()
    {
        using var time = new CancellationTokenSource(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var running = InvokeAsync();

        await _invocations.StoppingAsync(time.Token);

        Assert.False(running.IsCompleted);
        _work.SetResult();
        await running;
    }

    [Fact]
    public async Task The_end_comes_at_once_when_nothing_runs()
    {
        _work.SetResult();
        await InvokeAsync();

        await _invocations.StoppingAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_failed_has_ended()
    {
        _work.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(InvokeAsync);

        await _invocations.StoppingAsync(CancellationToken.None);
    }

    [Fact]
    public void The_worker_counts_and_waits_with_the_same_object()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration["Functions:Worker:HostEndpoint"] = "http://127.0.0.1:1";
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDraining();
        using var services = builder.Services.BuildServiceProvider();

        Assert.Same(services.GetRequiredService<RunningInvocations>(), Assert.Single(services.GetServices<IHostedService>().OfType<RunningInvocations>()));
    }

    private Task InvokeAsync() => _invocations.Invoke(null!, _ => _work.Task);
}
