using Kommo.Simulator.Accounts;

namespace Kommo.Simulator;

/// <content>What a test or a host sees of the simulator and turns on it, apart from the account's own pages.</content>
public sealed partial class KommoSimulator
{
    /// <summary>The routes of Kommo's that are served, on all hosts: what a client can be compared with.</summary>
    public IReadOnlyList<SimulatedRoute> Routes => _server is { } server ? Control.RouteList.Of(server) : [];

    /// <summary>The subscriptions.</summary>
    public IReadOnlyList<SimulatedWebhook> Webhooks => _webhooks.All;

    /// <summary>The token pairs that were issued, oldest first, those that work no more included.</summary>
    public IReadOnlyList<SimulatedTokenPair> Tokens => _tokens.All;

    /// <summary>The hooks that are neither acknowledged nor given up.</summary>
    public IReadOnlyList<PendingHook> PendingHooks => _hooks.All;

    /// <summary>Whether the block is on.</summary>
    public bool IsBlocked => _limit.IsBlocked;

    /// <summary>The leads by ascending id, those in the bin included.</summary>
    public IReadOnlyList<SimulatedLead> Leads => Locked(() => (IReadOnlyList<SimulatedLead>)[.. _store.Leads.All]);

    /// <summary>The contacts by ascending id, those in the bin included.</summary>
    public IReadOnlyList<SimulatedContact> Contacts => Locked(() => (IReadOnlyList<SimulatedContact>)[.. _store.Contacts.All]);

    /// <summary>The companies by ascending id, those in the bin included.</summary>
    public IReadOnlyList<SimulatedCompany> Companies => Locked(() => (IReadOnlyList<SimulatedCompany>)[.. _store.Companies.All]);

    /// <summary>The customers by ascending id, those in the bin included.</summary>
    public IReadOnlyList<SimulatedCustomer> Customers => Locked(() => (IReadOnlyList<SimulatedCustomer>)[.. _store.Customers.All]);

    /// <summary>The tasks by ascending id.</summary>
    public IReadOnlyList<SimulatedTask> Tasks => Locked(() => (IReadOnlyList<SimulatedTask>)[.. _store.Tasks.All]);

    /// <summary>The notes by ascending id.</summary>
    public IReadOnlyList<SimulatedNote> Notes => Locked(() => (IReadOnlyList<SimulatedNote>)[.. _store.Notes.All]);

    /// <summary>The lead with the id, be it in the bin; null without one.</summary>
    public SimulatedLead? FindLead(long id) => Locked(() => _store.Leads.Find(id));

    /// <summary>The tasks of an entity.</summary>
    public IReadOnlyList<SimulatedTask> TasksOf(EntityKind kind, long id) =>
        Locked(() => (IReadOnlyList<SimulatedTask>)[.. _store.TasksOf(kind, id)]);

    /// <summary>The notes of an entity.</summary>
    public IReadOnlyList<SimulatedNote> NotesOf(EntityKind kind, long id) =>
        Locked(() => (IReadOnlyList<SimulatedNote>)[.. _store.NotesOf(kind, id)]);

    /// <summary>What happened since the start or the last reset.</summary>
    public SimulatorStatistics GetStatistics()
    {
        SimulatorStatistics statistics = _statistics.Read(_hooks.Count);
        lock (_store.Gate)
        {
            return statistics with
            {
                Leads = _store.Leads.Live.Count,
                Contacts = _store.Contacts.Live.Count,
                Companies = _store.Companies.Live.Count,
                Customers = _store.Customers.Live.Count,
                Events = _store.Events.All.Count,
                Tasks = _store.Tasks.Count,
                Notes = _store.Notes.Count,
            };
        }
    }

    /// <summary>Counts from zero; the limit remembers its last second.</summary>
    public void ResetStatistics() => _statistics.Reset();

    /// <summary>Lifts the 403 block, as Kommo's support would.</summary>
    public void Unblock()
    {
        _limit.Unblock();
        Touch();
    }

    /// <summary>Strikes the next requests that match.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count or the delay is out of range.</exception>
    public void AddFault(SimulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _faults.Add(fault);
    }

    /// <summary>Forgets the faults still to come.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>As if an admin pressed "allow": a code for 20 minutes and one use (Kommo: OAuth 2.0).</summary>
    public AuthorizationCode Authorize() => _tokens.Authorize(AccountCatalog.Admin);

    /// <summary>As if a user of the account pressed "allow": any may, once an admin has installed the integration (Kommo: OAuth 2.0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The account has no such user.</exception>
    public AuthorizationCode Authorize(long userId)
    {
        return IsUser(userId)
            ? _tokens.Authorize(userId)
            : throw new ArgumentOutOfRangeException(nameof(userId), userId, "The account has no such user.");
    }

    /// <summary>A token pair without the exchange over HTTP.</summary>
    public SimulatedTokenPair IssueTokens() => _tokens.Issue(AccountCatalog.Admin);

    /// <summary>As if the integration were removed: no token of it works any more.</summary>
    public void RevokeAllTokens() => _tokens.RevokeAll();

    /// <summary>
    /// As if an admin gave the account another subdomain: it has another address from then on, and the old one answers 401 or 404 (Kommo: OAuth 2.0).
    /// Takes <see cref="KommoSimulatorOptions.UseLoopbackHosts"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The simulator has one address only.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The old address shall answer something else.</exception>
    public void Rename(string subdomain, int oldAddressAnswers = 404)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subdomain);
        if (oldAddressAnswers is not (401 or 404))
        {
            throw new ArgumentOutOfRangeException(nameof(oldAddressAnswers), oldAddressAnswers, "The old address answers 401 or 404.");
        }

        if (!Options.UseLoopbackHosts)
        {
            throw new InvalidOperationException($"Only a simulator with {nameof(Options.UseLoopbackHosts)} can be renamed.");
        }

        _hosts.Rename(subdomain, oldAddressAnswers);
        BaseAddress = new Uri($"http://{_hosts.Account}");
    }

    /// <summary>
    /// As if an admin removed the integration in Kommo's pages: revokes its tokens and calls its uninstall hook, once.
    /// </summary>
    /// <returns>The status code that the hook answered.</returns>
    /// <exception cref="HttpRequestException">The hook could not be reached; the tokens are revoked all the same.</exception>
    public Task<int> UninstallAsync(Uri hook, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(hook);
        RevokeAllTokens();
        return OAuth.UninstallHook.SendAsync(hook, Options, ct);
    }

    /// <summary>Adds or replaces a subscription, as an admin does in Kommo's settings; enables one that was disabled.</summary>
    /// <exception cref="ArgumentException">A setting is unknown or the account has 100 subscriptions.</exception>
    public SimulatedWebhook Subscribe(Uri destination, params IReadOnlyList<string> settings)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.FirstOrDefault(name =>
            !Hooks.WebhookRegistry.KnownSettings.Contains(name) && !Hooks.WebhookRegistry.PageSettings.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"Kommo has no webhook setting {unknown}.", nameof(settings));
        }

        SimulatedWebhook saved = _webhooks.Save(destination.AbsoluteUri, settings, sort: null, AccountCatalog.Admin)
            ?? throw new ArgumentException("The account has as many webhooks as it may.", nameof(destination));
        Touch();
        return saved;
    }

    /// <summary>Completes when every hook so far is acknowledged or given up.</summary>
    public Task WaitForHooksAsync(CancellationToken ct = default) => _hooks.Empty.WaitAsync(ct);

    private T Locked<T>(Func<T> read)
    {
        lock (_store.Gate)
        {
            return read();
        }
    }
}
