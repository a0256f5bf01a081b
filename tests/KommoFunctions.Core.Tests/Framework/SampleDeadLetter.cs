using KommoFunctions.DeadLetters;
using KommoFunctions.Failures;
using KommoFunctions.Messaging;

namespace KommoFunctions.Core.Tests.Framework;

/// <summary>A dead letter whose contents do not matter; a test changes what does.</summary>
internal static class SampleDeadLetter
{
    public static DeadLetter Of(long accountId, string id = "letter", string message = "x", DateTimeOffset at = default) => new()
    {
        Id = id,
        AccountId = accountId,
        Source = QueueNames.Hooks,
        Reason = DeadLetterReasons.HandlerFailed,
        FirstError = "error",
        LastError = "error",
        Attempts = 1,
        ReceivedAt = at == default ? DateTimeOffset.UnixEpoch : at,
        DiedAt = at == default ? DateTimeOffset.UnixEpoch : at,
        Message = BinaryData.FromString(message),
    };
}
