using System.Threading.RateLimiting;

namespace TableRateLimiting;

/// <summary>A lease without anything to give back: a permit is used up when it is handed out.</summary>
internal sealed class TableRateLimitLease(bool isAcquired, TimeSpan? retryAfter) : RateLimitLease
{
    private static readonly string[] Names = [MetadataName.RetryAfter.Name];

    public static TableRateLimitLease Granted { get; } = new(true, null);

    public override bool IsAcquired => isAcquired;

    public override IEnumerable<string> MetadataNames => Names;

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }
}
