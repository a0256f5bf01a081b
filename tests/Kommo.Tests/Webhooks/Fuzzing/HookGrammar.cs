using System.Text;
using CsCheck;

namespace Kommo.Tests.Webhooks.Fuzzing;

/// <summary>
/// Makes bodies that are almost hooks: bodies of the corpus, as forms with literal and with encoded brackets and as JSON, and bodies put together
/// from the words of the format; all of them then damaged byte by byte and piece by piece.
/// </summary>
internal static class HookGrammar
{
    private const int MostMutations = 6;

    private static readonly byte[][] Seeds =
    [
        .. Corpus.Names.Select(Corpus.Body),
        .. Corpus.Names.Where(Corpus.IsForm).Select(Corpus.EncodedBody),
    ];

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "leads", "contacts", "companies", "customers", "task", "tasks", "unsorted", "talk", "message", "outgoing_message", "catalogs", "notes",
            "account", "add", "update", "delete", "restore", "status", "responsible", "note", "complete", "period", "call_in", "[add]", "[update]",
            "%5Bstatus%5D", "[note]", "[0]", "%5b0%5d", "[1]", "[", "]", "%5B", "%5D", "%255B", "%", "%4", "%00", "+", "&", "=", "&&", "==", "&leads[add][0]",
            "&contacts[update][0]", "&task[update][0][0]", "&account[id]=", "[id]", "[type]=company", "[custom_fields][0]", "[values]", "[value]", "[enum]",
            "[tags][0][id]", "[linked_leads_id][5][ID]", "[element_type]=9", "[note][element_type]=3", "[note][metadata]={\"event_source\":{\"id\":\"\\ud800\"}}",
            "[old_responsible_user_id]=1&contacts[update][0][responsible_user_id]=2", "[action_close]=1", "[reviews][0][status]", "[attachment]", "[author][id]",
            "[date_create]=2024-01-02+03:04:05", "[complete_till]=9999-12-31+23:59:59", "[created_at]=0001-01-01", "[updated_at]=2024-02-30T25:61:61Z",
            "=1700000000", "=99999999999999999999", "=-1", "=1e400", "=0.1", "=12.01.1980", "[_links][self]=x", "{", "}", "[]", "{\"leads\":{\"add\":[{", "\"id\":1",
            "\"", ",", ":", "null", "true", "false", "1.5e3", "\"\\u042f\"", "\"\\ud800\"", "\"\\ud83d\\udc4b\"", "\\", "\"timestamp\":1", "\"account_id\":\"x\"", "é", "\uFEFF",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0x00], [0x0D, 0x0A],
    ];

    private static readonly Gen<byte[]> Word = Gen.Int[0, Words.Length - 1].Select(at => Words[at]);

    private static readonly Gen<byte[]> Seed = Gen.Frequency(
        (6, Gen.Int[0, Seeds.Length - 1].Select(at => Seeds[at])),
        (3, Word.List[1, 30].Select(words => words.SelectMany(word => word).ToArray())),
        (1, Gen.Byte.Array[0, 200]));

    private static readonly Gen<Mutation> Damage = Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 65_535], Gen.Int[0, 40], Gen.Byte, Word, (kind, at, length, value, word) => new Mutation(kind, at, length, value, word));

    /// <summary>Bodies, one in seven or so undamaged.</summary>
    public static Gen<byte[]> Bodies { get; } = Gen.Select(Seed, Damage.Array[0, MostMutations], (seed, damage) =>
    {
        var body = new List<byte>(seed);
        foreach (var mutation in damage)
        {
            mutation.Apply(body);
        }

        return body.ToArray();
    });

    private readonly record struct Mutation(int Kind, int At, int Length, byte Value, byte[] Word)
    {
        public void Apply(List<byte> body)
        {
            var at = At % (body.Count + 1);
            var length = Math.Min(Length, body.Count - at);
            switch (Kind)
            {
                case 0 when at < body.Count:
                    body[at] = Value;
                    break;
                case 1 when at < body.Count:
                    body[at] ^= (byte)(1 << (Value & 7));
                    break;
                case 2:
                    body.RemoveRange(at, length);
                    break;
                case 3:
                    body.InsertRange(at, body.GetRange(at, length));
                    break;
                case 4:
                    body.RemoveRange(at, body.Count - at);
                    break;
                default:
                    body.InsertRange(at, Word);
                    break;
            }
        }
    }
}
