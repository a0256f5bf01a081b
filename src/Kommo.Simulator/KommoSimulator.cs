using System.Net;
using Kommo.Simulator.Api;
using Kommo.Simulator.Control;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Faults;
using Kommo.Simulator.Hooks;
using Kommo.Simulator.Limits;
using Kommo.Simulator.OAuth;
using Kommo.Simulator.Persistence;
using Kommo.Simulator.Statistics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kommo.Simulator;

/// <summary>
/// A Kommo account on loopback that behaves as Kommo documents: API v4, OAuth with rotation, the request limit and the block,
/// webhooks with deadline, retries and disabling, and faults on demand. Thread-safe.
/// </summary>
public sealed partial class KommoSimulator : IAsyncDisposable
{
    private readonly AccountStore _store;
    private readonly EntityChanges _entities;
    private readonly TaskChanges _tasks;
    private readonly NoteChanges _notes;
    private readonly HostNames _hosts;
    private readonly TokenStore _tokens;
    private readonly WebhookRegistry _webhooks;
    private readonly HookQueue _hooks = new();
    private readonly HookDispatcher _dispatcher;
    private readonly RequestLimit _limit;
    private readonly FaultPlan _faults = new();
    private readonly StatisticsRecorder _statistics;
    private readonly ApiContext _context;
    private readonly StateFile? _stateFile;
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _server;
    private int _disposed;

    private KommoSimulator(KommoSimulatorOptions options)
    {
        options.Validate();
        Options = options;
        _statistics = new StatisticsRecorder(options.TimeProvider);
        _limit = new RequestLimit(options);
        _store = new AccountStore(options);
        _hosts = new HostNames(options);
        _tokens = new TokenStore(options, _hosts, Touch);
        _webhooks = new WebhookRegistry(options);
        _dispatcher = new HookDispatcher(options, _webhooks, _hooks, _statistics, Touch);
        _entities = new EntityChanges(_store, _dispatcher);
        _tasks = new TaskChanges(_store, _dispatcher);
        _notes = new NoteChanges(_store, _dispatcher);
        _context = new ApiContext(_store, _entities, _tasks, _notes, _webhooks, _dispatcher) { DriveAddress = () => DriveAddress };
        _stateFile = options.StateFile is { } path
            ? new StateFile(path, Capture, options.LoggerFactory.CreateLogger<StateFile>())
            : null;
    }

    /// <summary>What the simulator was started with.</summary>
    public KommoSimulatorOptions Options { get; }

    /// <summary>The address of the account, as <c>http://127.0.0.1:port/</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The address of the account's files, another host as in Kommo.</summary>
    public Uri DriveAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The address of the Chats API, another host as in Kommo.</summary>
    public Uri ChatsAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts a simulated account, with what its state file holds if there is one.</summary>
    /// <exception cref="IOException">The port is taken; the message names it.</exception>
    /// <exception cref="InvalidDataException">The state file belongs to another account or is none.</exception>
    public static async Task<KommoSimulator> StartAsync(KommoSimulatorOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        KommoSimulator simulator = new(options);
        simulator.Restore();
        await simulator.ListenAsync(ct);
        simulator._stateFile?.Start();
        simulator._dispatcher.Start();
        return simulator;
    }

    /// <summary>Stops at once: requests and hook attempts under way are cut, pending hooks are kept in the state file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        if (_server is { } server)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            await server.StopAsync(patience.Token);
            await server.DisposeAsync();
        }

        await _dispatcher.DisposeAsync();
        if (_stateFile is { } stateFile)
        {
            await stateFile.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(Options.LoggerFactory);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, Options.Port);
            for (int more = 1; more < _hosts.Count; more++)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }

            kestrel.Listen(IPAddress.Loopback, Options.DrivePort);
            kestrel.Listen(IPAddress.Loopback, Options.ChatsPort);
        });
        _server = builder.Build();
        RequestGate gate = new(Options, _limit, _statistics);
        FaultInjection faults = new(Options, _faults, _statistics, _stopping.Token);
        _server.Use(next => http => OldHost.InvokeAsync(http, _hosts, next));
        _server.Use(next => http => gate.StampAsync(http, next));
        _server.Use(next => http => HostGate.InvokeAsync(http, next, DriveAddress.Port, ChatsAddress.Port));
        _server.UseRouting();
        _server.Use(next => http => gate.InvokeAsync(http, next));
        _server.Use(next => http => faults.InvokeAsync(http, next));
        _server.Use(next => http => UnknownRoutes.InvokeAsync(http, next));
        _server.Use(next => http => new Bearer(_tokens, IsUser).InvokeAsync(http, next));
        new ApiRoutes(_context).Map(_server);
        new OAuthRoutes(Options, _tokens).Map(_server);
        new ControlRoutes(this).Map(_server);
        try
        {
            await _server.StartAsync(ct);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            await _server.DisposeAsync();
            throw new IOException($"Port {Options.Port} is taken by another process; choose another one for the Kommo simulator.", error);
        }

        Uri[] addresses = [.. _server.Urls.Select(url => new Uri(url))];
        _hosts.Listen([.. addresses.Select(address => address.Port)]);
        (BaseAddress, DriveAddress, ChatsAddress) = (addresses[0], addresses[^2], addresses[^1]);
    }

    internal bool IsUser(long id) => Locked(() => _store.IsUser(id));

    private void Touch() => _stateFile?.Touch();

    private SimulatorState Capture()
    {
        // One lock over all of it: a change and the hooks that it queued are kept together or not at all.
        lock (_store.Gate)
        {
            return new SimulatorState
            {
                AccountId = Options.AccountId,
                Entities = _store.Export(),
                Documents = _store.Documents.Export(),
                Webhooks = _webhooks.Export(),
                Tokens = _tokens.Export(),
                PendingHooks = _hooks.All,
                IsBlocked = _limit.IsBlocked,
            };
        }
    }

    private void Restore()
    {
        if (_stateFile?.Read() is not { } state)
        {
            return;
        }

        if (state.AccountId != Options.AccountId)
        {
            throw new InvalidDataException($"{Options.StateFile} belongs to account {state.AccountId}, not to {Options.AccountId}.");
        }

        _store.Documents.Import(state.Documents);
        _store.Import(state.Entities);
        _webhooks.Import(state.Webhooks);
        _tokens.Import(state.Tokens);
        _hooks.Load(state.PendingHooks);
        if (state.IsBlocked)
        {
            _limit.Block();
        }
    }
}
