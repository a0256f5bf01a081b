namespace Kommo;

/// <summary>What became of one item of a write.</summary>
public enum WriteOutcome
{
    /// <summary>Kommo carried it out.</summary>
    Succeeded,

    /// <summary>Kommo refused it, or it is against a documented limit. Nothing was written.</summary>
    Failed,

    /// <summary>Its request was never sent, as the write ended before. Write it again.</summary>
    NotSent,

    /// <summary>Kommo may have carried it out: the answer was lost, came too late or lacked it. Look before you write it again.</summary>
    Unknown,
}
