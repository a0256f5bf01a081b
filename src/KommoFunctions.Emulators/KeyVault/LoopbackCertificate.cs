using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KommoFunctions.Emulators.Files;

namespace KommoFunctions.Emulators.KeyVault;

/// <summary>
/// A self-signed certificate for localhost and 127.0.0.1, kept in a folder so that who trusts it once still does after a
/// restart, and replaced 30 days before it expires.
/// </summary>
internal sealed class LoopbackCertificate(string? folder, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private X509Certificate2? _current;

    private string? KeyFile => folder is null ? null : Path.Combine(folder, "certificate.pfx");

    /// <summary>The public half alone, for a client in another process.</summary>
    private string? PublicFile => folder is null ? null : Path.Combine(folder, "certificate.pem");

    /// <summary>The certificate to present now, with its key.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (_lock)
            {
                _current ??= Load();
                if (_current is null || IsDue(_current))
                {
                    // The old one may be in the middle of a handshake, so it is left to the finalizer.
                    _current = Create();
                }

                return _current;
            }
        }
    }

    public void Dispose() => _current?.Dispose();

    private bool IsDue(X509Certificate2 certificate) =>
        certificate.NotAfter.ToUniversalTime() - time.GetUtcNow() < RenewBefore;

    private X509Certificate2? Load() =>
        File.Exists(KeyFile) ? X509CertificateLoader.LoadPkcs12FromFile(KeyFile, password: null) : null;

    private X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=KommoFunctions Key Vault emulator", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "Server Authentication")], critical: false));

        var now = time.GetUtcNow();
        using var created = request.CreateSelfSigned(now.AddDays(-1), now + Life);
        // Through PKCS #12, because Windows' TLS takes no key that lives in memory only.
        var exported = created.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, password: null);
        if (KeyFile is not null && PublicFile is not null)
        {
            AtomicFile.WritePrivate(KeyFile, exported);
            AtomicFile.WritePrivate(PublicFile, System.Text.Encoding.ASCII.GetBytes(created.ExportCertificatePem()));
        }

        return X509CertificateLoader.LoadPkcs12(exported, password: null);
    }
}
