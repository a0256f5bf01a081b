using System.Net;
using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Failures;
using KommoFunctions.Handling;
using KommoFunctions.Holds;

namespace KommoFunctions.Model;

/// <summary>The account of one interleaving, as Kommo and the handlers of its events behave.</summary>
internal sealed class ModelAccount(long id)
{
    /// <summary>Whether Kommo refuses everything that is asked for it: it is not paid for.</summary>
    public bool IsRefused { get; set; }

    public long Id => id;

    /// <summary>Its events, by the id of the lead that each is about.</summary>
    public Dictionary<long, ModelEvent> Events { get; } = [];

    /// <summary>What went wrong; null while nothing did.</summary>
    public string? Fault { get; private set; }

    public void Fail(string fault) => Fault ??= fault;

    public static KommoPaymentRequiredException Refusal() =>
        new(new KommoFailure(HttpMethod.Get, "/api/v4/account") { StatusCode = HttpStatusCode.PaymentRequired });
}

/// <summary>An event, and what became of it.</summary>
/// <param name="id">The event's id.</param>
internal sealed class ModelEvent(string id)
{
    public string Id => id;

    /// <summary>Whether its handler throws, until somebody mends it.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Times that its handler has done its work.</summary>
    public int Effects { get; set; }
}

/// <summary>The handler of the model's events.</summary>
internal sealed class ModelHandler(ModelProcess process) : IEventHandler<LeadDeleted>
{
    public Task HandleAsync(LeadDeleted e, EventContext context, CancellationToken cancellationToken)
    {
        var account = process.Account!;
        var item = account.Events[e.EntityId!.Value];
        if (account.IsRefused)
        {
            throw ModelAccount.Refusal();
        }

        if (item.IsBroken)
        {
            throw new InvalidOperationException("The handler is broken.");
        }

        item.Effects++;
        if (ModelDelivery.Current.Value is { WasHandled: true })
        {
            account.Fail($"The event of lead {e.EntityId} was handled again, by a delivery that began after it was known to be handled.");
        }

        return Task.CompletedTask;
    }
}

/// <summary>Asks Kommo for the account.</summary>
internal sealed class ModelProbe(ModelProcess process) : HoldProbe(null!, null!)
{
    public override Task<HoldCause?> AskAsync(long accountId, CancellationToken cancellationToken) => Task.FromResult(
        process.Account!.IsRefused ? new HoldCause(HoldReason.Unpaid, "unpaid", ModelProcess.ProbeInterval) : null);
}
