using System.Text;

namespace Kommo;

/// <summary>
/// Kommo refused the request's content (400, 422). <see cref="Items"/> tells what is wrong with each item by its
/// <c>request_id</c>; it is empty when Kommo refused the request as a whole.
/// </summary>
public sealed class KommoValidationException : KommoException
{
    private const int PathsInMessage = 5;

    /// <summary>Makes the exception from the facts of the failed request.</summary>
    public KommoValidationException(KommoFailure failure)
        : base(failure, Describe(failure?.Problem), KommoErrorCategory.Rejected, RequestFate.Refused)
    {
    }

    /// <summary>What is wrong with each refused item.</summary>
    public IReadOnlyList<KommoItemProblem> Items => Problem?.Items ?? [];

    private static string Describe(KommoProblem? problem)
    {
        var errors = problem?.Items.SelectMany(item => item.Errors).ToList() ?? [];
        if (errors.Count == 0)
        {
            return "the request was refused";
        }

        var text = new StringBuilder("refused for ");
        text.AppendJoin(", ", errors.Take(PathsInMessage).Select(error => $"{Identifier(error.Path)} ({Identifier(error.Code)})"));
        return errors.Count > PathsInMessage ? text.Append(" and more").ToString() : text.ToString();
    }

    /// <summary>Codes and paths are identifiers; anything else could be data and stays out of the message.</summary>
    private static string Identifier(string? text) =>
        text is { Length: > 0 and <= 100 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') ? text : "?";
}
