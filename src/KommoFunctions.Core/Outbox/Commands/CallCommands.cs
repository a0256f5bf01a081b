using Kommo;

namespace KommoFunctions.Outbox;

/// <summary>
/// Logs a call as a note on whoever has the number, by its last ten digits (Kommo: Calls). When nobody has it, Kommo refuses the call and it becomes a
/// dead letter.
/// </summary>
/// <param name="Call">The call. Without a <see cref="NewCall.Uniq"/> it gets one that is the same at every attempt.</param>
/// <example>
/// <code>
/// context.Send(new LogCall(new NewCall { Direction = CallDirection.Inbound, Phone = number, Duration = length, Source = "Telephony" }));
/// </code>
/// </example>
public sealed record LogCall(NewCall Call) : KommoCommand
{
    internal override string Lane => CallLane.LaneName;

    internal override object Item => Call;

    internal override void Require()
    {
        CommandCheck.Item(Call);
        CommandCheck.Text(Call.Phone, "A call's number");
        CommandCheck.Text(Call.Source, "A call's source");
    }
}
