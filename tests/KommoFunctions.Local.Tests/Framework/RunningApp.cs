using KommoFunctions.Accounts;
using KommoFunctions.Intake;
using KommoFunctions.Local.App;
using KommoFunctions.Local.Surroundings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(KommoFunctions.Local.Tests.Framework.RunningApp))]

namespace KommoFunctions.Local.Tests.Framework;

/// <summary>The app in this process, between surroundings of its own, with its account connected.</summary>
public sealed class RunningApp : IAsyncLifetime, IProgress<string>
{
    /// <summary>The collection of all test classes: one of them takes storage away, which the others would notice.</summary>
    public const string Name = "The app";

    private LocalSurroundings? _surroundings;
    private WebApplication? _app;

    internal LocalSurroundings Surroundings => _surroundings!;

    internal HttpClient Http { get; } = new();

    internal Uri HookAddress { get; private set; } = new("http://localhost/");

    internal long AccountId => Surroundings.Simulator.Options.AccountId;

    internal IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        var options = new SurroundingsOptions { CountStorage = true }.OnFreePorts();
        _surroundings = await LocalSurroundings.StartAsync(options, this, CancellationToken.None);
        await Seeding.EnsureConnectedAsync(_surroundings, CancellationToken.None);
        _app = LocalApp.Build(options.AppPort, _surroundings.Settings, quiet: true);
        await LocalApp.StartAsync(_app, CancellationToken.None);
        HookAddress = new Uri(Assert.Single(Surroundings.Simulator.Webhooks).Destination);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_surroundings is not null)
        {
            await _surroundings.DisposeAsync();
        }
    }

    /// <summary>Waits for something that the app does by itself; fails after a minute.</summary>
    internal static Task WaitAsync(Func<bool> condition) => WaitAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="WaitAsync(Func{bool})"/>
    internal static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, timeout.Token);
        }
    }

    void IProgress<string>.Report(string value) => TestContext.Current.SendDiagnosticMessage(value);
}
