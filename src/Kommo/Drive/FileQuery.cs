namespace Kommo;

/// <summary>Which files to list (Kommo: Files, list). Everything left null does not narrow the list.</summary>
public sealed record FileQuery : ListQuery
{
    /// <summary>These files.</summary>
    public IReadOnlyList<string>? Uuids { get; init; }

    /// <summary>With this name.</summary>
    public string? Name { get; init; }

    /// <summary>With these extensions.</summary>
    public IReadOnlyList<string>? Extensions { get; init; }

    /// <summary>With this in their name, or in that of an entity that they belong to.</summary>
    public string? Term { get; init; }

    /// <summary>From this source.</summary>
    public long? SourceId { get; init; }

    /// <summary>Whether deleted files are listed too.</summary>
    public bool Deleted { get; init; }

    /// <summary>Of this size, in bytes.</summary>
    public NumberRange? Size { get; init; }

    /// <summary>Made, or changed, in this range.</summary>
    public TimeRange? Date { get; init; }

    /// <summary>What <see cref="Date"/> is of. Default: when the file was made.</summary>
    public FileDate DateOf { get; init; }

    /// <summary>Made by these users; 0 is a robot, -1 a customer.</summary>
    public IReadOnlyList<long>? CreatedBy { get; init; }

    /// <summary>Last changed by these users; 0 is a robot, -1 a customer.</summary>
    public IReadOnlyList<long>? UpdatedBy { get; init; }

    internal override void AddTo(QueryString query)
    {
        query.Add("filter[uuid]", Uuids is null ? null : string.Join(',', Uuids));
        query.Add("filter[name]", Name);
        query.Add("filter[extensions]", Extensions);
        query.Add("filter[term]", Term);
        query.Add("filter[source_id]", SourceId);
        query.Add("filter[deleted]", Deleted ? true : null);
        query.Add("filter[size]", Size);
        if (Date is not null)
        {
            query.Add("filter[date][type]", EnumNames<FileDate>.Of(DateOf));
            query.Add("filter[date]", Date);
        }

        query.Add("filter[created_by]", CreatedBy);
        query.Add("filter[updated_by]", UpdatedBy);
    }
}

/// <summary>A time of a file that a list can be narrowed by (Kommo: Files, <c>filter[date][type]</c>).</summary>
public enum FileDate
{
    /// <summary>When it was made.</summary>
    CreatedAt,

    /// <summary>When it changed last.</summary>
    UpdatedAt,
}
