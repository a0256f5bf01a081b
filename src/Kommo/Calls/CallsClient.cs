using System.Globalization;
using System.Text;

namespace Kommo;

/// <summary>
/// Telephony: logs calls and tells users of incoming ones (Kommo: Calls; Telephony, call notification). Kommo may log a part of a request:
/// what it could not log fails alone, as a rule because nobody has the number.
/// </summary>
public sealed class CallsClient : WriteOnlyResource<NewCall, LoggedCall>
{
    private static readonly ResourceRoute Notifications = new("/api/v2/events/", "items");

    internal CallsClient(KommoConnection connection)
        : base(connection, new ResourceRoute("/api/v4/calls", "calls"))
    {
    }

    /// <summary>Shows users the card of who is calling.</summary>
    /// <param name="phone">The caller's number.</param>
    /// <param name="userIds">The users to tell; null or empty for all.</param>
    /// <param name="cancellationToken">Ends the wait; Kommo may have acted all the same.</param>
    /// <returns>What was shown; null when Kommo does not say.</returns>
    /// <exception cref="KommoException">Kommo refused, failed or was not reached.</exception>
    public async Task<IncomingCallNotice?> NotifyIncomingAsync(
        string phone, IReadOnlyCollection<long>? userIds = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(phone);
        var form = new List<KeyValuePair<string, string>> { new("add[0][type]", "phone_call"), new("add[0][phone_number]", phone) };
        form.AddRange((userIds ?? []).Select(id => new KeyValuePair<string, string>("add[0][users][]", id.ToString(CultureInfo.InvariantCulture))));
        var call = Notifications.Call(HttpMethod.Post) with
        {
            Body = Encoding.ASCII.GetBytes(string.Join('&', form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"))),
            ContentType = "application/x-www-form-urlencoded",
            AnswerMayBeEmpty = true,
        };
        var answer = await Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (!answer.HasJson)
        {
            return null;
        }

        var shown = answer.ReadPage(Notifications.Key, KommoJson.TypeOf<IncomingCallNotice>()).Items;
        return shown.Count > 0 ? shown[0] : null;
    }
}
