using System.Text.Json;

namespace Kommo.Simulator;

/// <summary>A note as the account holds it. Instants are unix seconds.</summary>
public sealed record SimulatedNote
{
    /// <summary>The id within the account.</summary>
    public long Id { get; init; }

    /// <summary>What it hangs on.</summary>
    public EntityKind EntityKind { get; init; }

    /// <summary>The id of what it hangs on.</summary>
    public long EntityId { get; init; }

    /// <summary>The type, as <c>common</c> or <c>call_in</c>.</summary>
    public string NoteType { get; init; } = "common";

    /// <summary>The parameters of the type, as they were written.</summary>
    public JsonElement Params { get; init; }

    /// <summary>Whether it is pinned to the top of the feed.</summary>
    public bool IsPinned { get; init; }

    /// <summary>The user in charge.</summary>
    public long ResponsibleUserId { get; init; }

    /// <summary>The user who made it.</summary>
    public long CreatedBy { get; init; }

    /// <summary>The user who changed it last.</summary>
    public long UpdatedBy { get; init; }

    /// <summary>When it was made, unix seconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was changed last, unix seconds.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>The note's text; null where the type has none.</summary>
    public string? Text =>
        Params.ValueKind == JsonValueKind.Object && Params.TryGetProperty("text", out JsonElement text) ? text.ToString() : null;
}
