namespace TableRateLimiting.Machine;

/// <summary>What the swap protocol comes to with one input.</summary>
internal abstract record SwapStep
{
    /// <summary>This is to be asked of storage.</summary>
    internal sealed record Ask(StorageOperation Operation) : SwapStep;

    /// <summary>It goes on at this instant.</summary>
    internal sealed record Wait(long Until) : SwapStep;

    /// <summary>The swap is in the record.</summary>
    internal sealed record Done(SwapPlan Plan) : SwapStep;

    /// <summary>Storage did not take the swap for as long as the options allow.</summary>
    /// <param name="Since">The start of the first attempt that failed.</param>
    /// <param name="Cause">The latest failure.</param>
    internal sealed record Away(long Since, Exception Cause) : SwapStep;

    /// <summary>The record was looked at.</summary>
    internal sealed record Looked : SwapStep;

    /// <summary>The record could not be looked at.</summary>
    internal sealed record LookFailed(Exception Cause) : SwapStep;
}
