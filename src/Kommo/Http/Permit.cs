using System.Threading.RateLimiting;

namespace Kommo.Http;

/// <summary>A granted permit.</summary>
/// <param name="Lease">The limiter's lease.</param>
/// <param name="GrantedAt">When it was granted, as a timestamp: it is good for a moment only.</param>
internal readonly record struct Permit(RateLimitLease Lease, long GrantedAt);
