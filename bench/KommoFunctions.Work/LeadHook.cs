using System.Text;
using Kommo.Simulator;

namespace KommoFunctions.Work;

/// <summary>A hook on new leads as Kommo sends it; after an import one hook can tell of many (Kommo: Webhooks).</summary>
internal static class LeadHook
{
    public static byte[] Of(KommoSimulator account, IReadOnlyList<SimulatedLead> leads)
    {
        var body = new StringBuilder($"account%5Bsubdomain%5D={account.Options.Subdomain}&account%5Bid%5D={account.Options.AccountId}");
        foreach (var (index, lead) in leads.Index())
        {
            Add("id", lead.Id);
            Add("name", Uri.EscapeDataString(lead.Name));
            Add("status_id", lead.StatusId);
            Add("price", lead.Price);
            Add("responsible_user_id", lead.ResponsibleUserId);
            Add("last_modified", lead.UpdatedAt);
            Add("modified_user_id", lead.UpdatedBy);
            Add("created_user_id", lead.CreatedBy);
            Add("date_create", lead.CreatedAt);
            Add("pipeline_id", lead.PipelineId);
            Add("account_id", account.Options.AccountId);
            Add("created_at", lead.CreatedAt);
            Add("updated_at", lead.UpdatedAt);

            void Add(string name, object value) => body.Append($"&leads%5Badd%5D%5B{index}%5D%5B{name}%5D={value}");
        }

        return Encoding.ASCII.GetBytes(body.ToString());
    }
}
