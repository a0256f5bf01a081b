using KommoFunctions.Handling;

namespace KommoFunctions.Chats;

/// <summary>
/// Your code for what Kommo's users write into a chat of your channel. Register it with
/// <see cref="KommoFunctionsBuilder.AddChatHandler{THandler}"/>. It may run more than once for one hook, after a crash.
/// </summary>
public interface IChatHandler
{
    /// <summary>Handles one hook. An exception has it tried again, as with events.</summary>
    Task HandleAsync(ChatHook hook, EventContext context, CancellationToken cancellationToken);
}
