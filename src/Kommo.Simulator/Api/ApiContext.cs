using Kommo.Simulator.Documents;
using Kommo.Simulator.Entities;
using Kommo.Simulator.Hooks;
using Microsoft.AspNetCore.Routing;

namespace Kommo.Simulator.Api;

/// <summary>What the routes of the API work with.</summary>
internal sealed record ApiContext(
    AccountStore Store, EntityChanges Entities, TaskChanges Tasks, NoteChanges Notes, WebhookRegistry Webhooks, IChangeSink Sink)
{
    /// <summary>Where files are, once the simulator listens.</summary>
    public required Func<Uri?> DriveAddress { get; init; }

    public BatchWrite Batch { get; } = new(Store);

    public void Map(RouteGroupBuilder api, Resource resource, Verbs verbs) =>
        new ResourceEndpoints(resource, Store, Sink.Touch).Map(api, verbs);
}
