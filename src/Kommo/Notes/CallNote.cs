namespace Kommo;

/// <summary>What a call note tells (Kommo: Notes, <c>call_in</c> and <c>call_out</c>).</summary>
public sealed record CallNote
{
    /// <summary>The call's unique id, by which a repeated note is recognised.</summary>
    public required string Uniq { get; init; }

    /// <summary>How long the call was; whole seconds.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The telephony's name.</summary>
    public required string Source { get; init; }

    /// <summary>The other side's number.</summary>
    public required string Phone { get; init; }

    /// <summary>Where the recording is.</summary>
    public Uri? Link { get; init; }

    /// <summary>Who took the call: a user's id, or a name.</summary>
    public string? Responsible { get; init; }

    /// <summary>What came of it.</summary>
    public string? Result { get; init; }

    /// <summary>Its state, 1 to 7: message left, call later, absent, talked, wrong number, no answer, busy.</summary>
    public int? Status { get; init; }

    internal NoteParams ToParams() => new()
    {
        Uniq = Uniq,
        Duration = Duration,
        Source = Source,
        Link = Link?.AbsoluteUri,
        Phone = Phone,
        CallResponsible = Responsible,
        CallResult = Result,
        CallStatus = Status,
    };
}
