using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Kommo.Tests.Chats;

/// <summary>The expected values were computed with <c>openssl dgst</c>; the first is the example of Kommo's own page on a chat's history.</summary>
public sealed class SignatureTests
{
    private static readonly FakeTimeProvider Clock = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

    [Fact]
    public void The_example_of_Kommo_s_page_has_the_signature_that_the_page_shows() => Assert.Equal(
        "2a2593df86235c44943a40ce35409d18bda5778c",
        new ChatSignature("fb50586ff7b68cd831fe0ef356345903f644c0d2", Clock).Of(
            "get",
            "d41d8cd98f00b204e9800998ecf8427e",
            "Tue, 13 Dec 2022 11:00:00 +0000",
            "/v2/origin/custom/f62a0162-46a7-430e-b06c-0ef798d76a21_52fd2a28-d2eb-4bd8-b862-a67934927b38/chats/30477717-9f3c-4d3f-8101-60327e14dc48/history"));

    [Theory]
    [InlineData("POST", "/v2/origin/custom/ch-1/connect", """{"account_id":"acc-1","title":"Shop","hook_api_version":"v2"}""", "0669d540cfbebced934d188439d178e4", "4a32f7c60ff5b16c1343ac8c01f3607a40b63487")]
    [InlineData("DELETE", "/v2/origin/custom/ch-1/disconnect", """{"account_id":"acc-1"}""", "67aee9eda0dfaa5337b3bc4229cb95e9", "4a593054349c8356b422367c67dcf9a2b5b5d4d3")]
    [InlineData("GET", "/v2/origin/custom/ch-1_acc-1/chats/c-1/history?limit=50&offset=0", "", "d41d8cd98f00b204e9800998ecf8427e", "fa788fcce4c237432b761dbca6ffabad97c5afa9")]
    public void A_request_is_signed_over_method_body_type_date_and_path_without_its_query(
        string method, string path, string body, string md5, string signature)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"https://amojo.kommo.com{path}");
        request.Content = body.Length == 0 ? null : new StringContent(body);

        new ChatSignature("channel-secret", Clock).Sign(request, Encoding.UTF8.GetBytes(body));

        Assert.Equal("Tue, 14 Nov 2023 22:13:20 +0000", request.Headers.NonValidated["Date"].ToString());
        Assert.Equal(signature, request.Headers.NonValidated["X-Signature"].ToString());
        Assert.Equal(md5, request.Content!.Headers.NonValidated["Content-MD5"].ToString());
        Assert.Equal("application/json", request.Content.Headers.NonValidated["Content-Type"].ToString());
    }
}
