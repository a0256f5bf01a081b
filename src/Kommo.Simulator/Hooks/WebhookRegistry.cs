namespace Kommo.Simulator.Hooks;

/// <summary>The account's subscriptions and the rule that disables them (Kommo: Webhooks).</summary>
internal sealed class WebhookRegistry(KommoSimulatorOptions options)
{
    public const int MostSubscriptions = 100;
    private const int MostBadAnswers = 100;
    private static readonly TimeSpan BadAnswerSpan = TimeSpan.FromHours(2);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedWebhook> _byDestination = [];
    private long _lastId = 9000;

    /// <summary>The names that <c>settings</c> may hold: amoCRM's 31 and the two of messages that Kommo adds.</summary>
    public static IReadOnlySet<string> KnownSettings { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "add_lead", "update_lead", "delete_lead", "restore_lead", "status_lead", "responsible_lead", "note_lead",
        "add_contact", "update_contact", "delete_contact", "restore_contact", "responsible_contact", "note_contact",
        "add_company", "update_company", "delete_company", "restore_company", "responsible_company", "note_company",
        "add_customer", "update_customer", "delete_customer", "responsible_customer", "note_customer",
        "add_task", "update_task", "delete_task", "responsible_task", "add_talk", "update_talk",
        "add_chat_template_review", "add_message", "add_outgoing_message",
    };

    /// <summary>Names for what only Kommo's pages can subscribe to: its API has none (made up here).</summary>
    public static IReadOnlySet<string> PageSettings { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "add_unsorted", "update_unsorted", "delete_unsorted", "add_catalog", "update_catalog", "delete_catalog",
    };

    public IReadOnlyList<SimulatedWebhook> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byDestination.Values.OrderBy(hook => hook.Id)];
            }
        }
    }

    public SimulatedWebhook? Find(string destination)
    {
        lock (_gate)
        {
            return _byDestination.GetValueOrDefault(destination);
        }
    }

    public IReadOnlyList<SimulatedWebhook> Matching(IReadOnlyList<string> settings)
    {
        lock (_gate)
        {
            return [.. _byDestination.Values.Where(hook => !hook.Disabled && settings.Any(hook.Settings.Contains))];
        }
    }

    /// <summary>
    /// Adds the subscription, or replaces the settings of the one with that destination, enables it and forgets its bad answers.
    /// Null when the account has as many as it may.
    /// </summary>
    public SimulatedWebhook? Save(string destination, IReadOnlyList<string> settings, long? sort, long userId)
    {
        long now = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();
        lock (_gate)
        {
            SimulatedWebhook? known = _byDestination.GetValueOrDefault(destination);
            if (known is null && _byDestination.Count >= MostSubscriptions)
            {
                return null;
            }

            known ??= new SimulatedWebhook { Id = ++_lastId, Destination = destination, CreatedAt = now, CreatedBy = userId };
            return _byDestination[destination] = known with
            {
                Settings = [.. settings.Distinct()],
                Sort = sort ?? known.Sort,
                Disabled = false,
                BadAnswers = [],
                UpdatedAt = now,
            };
        }
    }

    public bool Remove(string destination)
    {
        lock (_gate)
        {
            return _byDestination.Remove(destination);
        }
    }

    /// <summary>Notes a bad answer; true when it disabled the subscription: more than 100 of them in two hours, this one included.</summary>
    public bool RecordBadAnswer(string destination)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        lock (_gate)
        {
            if (!_byDestination.TryGetValue(destination, out SimulatedWebhook? hook) || hook.Disabled)
            {
                return false;
            }

            long oldest = (now - BadAnswerSpan).ToUnixTimeMilliseconds();
            IReadOnlyList<long> bad = [.. hook.BadAnswers.Where(instant => instant >= oldest), now.ToUnixTimeMilliseconds()];
            bool disabled = bad.Count > MostBadAnswers;
            _byDestination[destination] = hook with { BadAnswers = bad, Disabled = disabled };
            return disabled;
        }
    }

    public WebhookState Export()
    {
        lock (_gate)
        {
            return new WebhookState([.. _byDestination.Values.OrderBy(hook => hook.Id)], _lastId);
        }
    }

    public void Import(WebhookState state)
    {
        lock (_gate)
        {
            _byDestination.Clear();
            foreach (SimulatedWebhook hook in state.Webhooks)
            {
                _byDestination[hook.Destination] = hook;
            }

            _lastId = state.LastId;
        }
    }
}

/// <summary>The subscriptions as the state file keeps them.</summary>
internal sealed record WebhookState(IReadOnlyList<SimulatedWebhook> Webhooks, long LastId);
