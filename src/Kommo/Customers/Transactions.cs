using System.Text.Json.Serialization;

namespace Kommo;

/// <summary>A purchase of a customer (Kommo: Customers, transactions).</summary>
public sealed class Transaction : KommoObject
{
    /// <summary>The purchase's id.</summary>
    public long Id { get; set; }

    /// <summary>What it brought, in the account's currency.</summary>
    public decimal? Price { get; set; }

    /// <summary>A comment.</summary>
    public string? Comment { get; set; }

    /// <summary>When it was.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The customer.</summary>
    public long? CustomerId { get; set; }

    /// <summary>The user who made the entry; 0 for a robot.</summary>
    public long? CreatedBy { get; set; }

    /// <summary>The user who changed it last; 0 for a robot.</summary>
    public long? UpdatedBy { get; set; }

    /// <summary>When the entry was made.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it changed last.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>Whether it was deleted.</summary>
    public bool? IsDeleted { get; set; }

    /// <summary>The account's id.</summary>
    public long? AccountId { get; set; }

    /// <summary>The customer and what was bought.</summary>
    [JsonPropertyName("_embedded")]
    [JsonConverter(typeof(ObjectOrEmptyArrayConverter<EntityEmbedded>))]
    public EntityEmbedded? Embedded { get; set; }
}

/// <summary>A purchase to enter (Kommo: Customers, transactions, adding).</summary>
public sealed record NewTransaction : WriteItem
{
    /// <summary>What it brought, in the account's currency.</summary>
    public required decimal Price { get; init; }

    /// <summary>When it was. Default: now.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>A comment.</summary>
    public string? Comment { get; init; }

    /// <summary>What the next purchase is expected to bring, in the account's currency.</summary>
    public decimal? NextPrice { get; init; }

    /// <summary>When the next purchase is expected.</summary>
    public DateTimeOffset? NextDate { get; init; }

    /// <summary>The author shown; 0 shows a robot.</summary>
    public long? CreatedBy { get; init; }

    /// <summary>What was bought.</summary>
    [JsonPropertyName("_embedded")]
    public EntityEmbedded? Embedded { get; init; }
}

/// <summary>Which purchases to list (Kommo: Customers, transactions). Everything left null does not narrow the list.</summary>
public sealed record TransactionQuery : ListQuery
{
    /// <summary>These ids.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Of these customers.</summary>
    public IReadOnlyList<long>? CustomerIds { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[id]", Ids);
        query.Add("filter[customer_id]", CustomerIds);
    }
}
