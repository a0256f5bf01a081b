namespace Kommo;

/// <summary>An entity to create, whose answer is found by its <c>request_id</c>.</summary>
internal interface IBatchItem<out TSelf>
{
    string? RequestId { get; }

    TSelf WithRequestId(string requestId);
}
