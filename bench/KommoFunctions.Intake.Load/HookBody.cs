using System.Globalization;
using System.Text;

namespace KommoFunctions.Intake.Load;

/// <summary>Bodies as Kommo sends them, of the size that is asked for.</summary>
internal static class HookBody
{
    public static byte[] Of(long lead, int bytes)
    {
        var body = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"account%5Bsubdomain%5D=example&account%5Bid%5D={Surroundings.AccountId}&leads%5Badd%5D%5B0%5D%5Bid%5D={lead}&leads%5Badd%5D%5B0%5D%5Bname%5D=Somebody+new"));
        for (var field = 0; body.Length < bytes; field++)
        {
            var start = $"&leads%5Badd%5D%5B0%5D%5Bcustom_fields%5D%5B{field}%5D";
            body.Append(CultureInfo.InvariantCulture, $"{start}%5Bid%5D={700_000 + field}{start}%5Bvalues%5D%5B0%5D%5Bvalue%5D={lead * 31 + field:x16}");
        }

        return Encoding.ASCII.GetBytes(body.ToString(0, Math.Max(bytes, 200)));
    }

    /// <summary>The lead of a body that <see cref="Of"/> made.</summary>
    public static long LeadOf(string body)
    {
        const string key = "%5Badd%5D%5B0%5D%5Bid%5D=";
        var start = body.IndexOf(key, StringComparison.Ordinal) + key.Length;
        var end = body.IndexOf('&', start);
        return long.Parse(body.AsSpan(start, end - start), CultureInfo.InvariantCulture);
    }
}
