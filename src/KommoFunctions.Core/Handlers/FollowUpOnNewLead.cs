using Kommo;
using Kommo.Webhooks;
using KommoFunctions.Handling;
using KommoFunctions.Outbox;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Handlers;

/// <summary>A new lead gets a follow-up task for its responsible user, and a note that says so.</summary>
public sealed class FollowUpOnNewLead(IOptions<FollowUpOptions> options) : IEventHandler<LeadAdded>
{
    /// <inheritdoc/>
    public async Task HandleAsync(LeadAdded e, EventContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(e);
        ArgumentNullException.ThrowIfNull(context);
        if (e.EntityId is not { } leadId)
        {
            return;
        }

        // Hooks of the Digital Pipeline carry little more than ids (Kommo: Digital Pipeline webhooks).
        var responsible = e.ResponsibleUserId
            ?? (await context.Kommo.Leads.GetAsync(leadId, cancellationToken: cancellationToken))?.ResponsibleUserId;
        var made = e.CreatedAt ?? context.ReceivedAt;
        context.Send(new CreateTask(new NewTask
        {
            EntityType = EntityType.Leads,
            EntityId = leadId,
            Text = options.Value.TaskText,
            TaskTypeId = options.Value.TaskTypeId,
            CompleteTill = DateTimeOffset.FromUnixTimeSeconds((made + options.Value.DueIn).ToUnixTimeSeconds()),
            ResponsibleUserId = responsible,
        }));
        context.Send(new AddNote(EntityType.Leads, NewNote.Common(leadId, options.Value.NoteText)));
    }
}
