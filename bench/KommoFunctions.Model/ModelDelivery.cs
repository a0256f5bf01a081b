using KommoFunctions.Emulators.Storage.InMemory.Queues;

namespace KommoFunctions.Model;

/// <summary>A message that a process has in work, as the Functions host gives it.</summary>
internal sealed class ModelDelivery(ModelProcess process, Queue queue, StoredMessage message, bool wasHandled)
{
    /// <summary>The delivery in whose work the code runs.</summary>
    public static AsyncLocal<ModelDelivery?> Current { get; } = new();

    public ModelProcess Process => process;

    public Queue Queue => queue;

    public StoredMessage Message => message;

    public string Receipt { get; } = message.PopReceipt;

    /// <summary>Whether its event was known to be handled before the delivery began.</summary>
    public bool WasHandled => wasHandled;

    public Task Work { get; set; } = Task.CompletedTask;
}
