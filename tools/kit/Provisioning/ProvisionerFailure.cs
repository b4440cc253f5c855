namespace MeshNode.Kit.Provisioning;

/// <summary>Why a device was not provisioned.</summary>
public enum ProvisionerFailure
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The device has not acknowledged the link.</summary>
    LinkTimeout,

    /// <summary>The device has not acknowledged a transaction.</summary>
    TransactionTimeout,

    /// <summary>Nothing came for 60 seconds.</summary>
    ProtocolTimeout,

    /// <summary>The device has closed the link, or the connection is gone.</summary>
    LinkClosed,

    /// <summary>The device has broken the rules of the bearer.</summary>
    BearerViolation,

    /// <summary>A PDU of no known type or with a wrong length.</summary>
    InvalidPdu,

    /// <summary>A PDU that does not come now.</summary>
    UnexpectedPdu,

    /// <summary>The capabilities have a prohibited value.</summary>
    InvalidCapabilities,

    /// <summary>The device offers no algorithm that this side uses.</summary>
    NoCommonAlgorithm,

    /// <summary>The device offers no authentication that this side can do.</summary>
    NoCommonMethod,

    /// <summary>What the device offers is weaker than what this side asks for.</summary>
    TooWeak,

    /// <summary>There is no address for the device, or what it is given could not be written.</summary>
    NoAddress,

    /// <summary>The device's public key is no point of the curve.</summary>
    InvalidPublicKey,

    /// <summary>The device's public key is this side's own. See CVE-2020-26560.</summary>
    ReflectedPublicKey,

    /// <summary>The device's confirmation is this side's own. See CVE-2020-26560.</summary>
    ReflectedConfirmation,

    /// <summary>The device's random is this side's own. See CVE-2020-26560.</summary>
    ReflectedRandom,

    /// <summary>The device does not know the AuthValue.</summary>
    ConfirmationMismatch,

    /// <summary>The device has sent Failed.</summary>
    DeviceFailed,

    /// <summary>The random number generator has made no private key.</summary>
    NoPrivateKey,

    /// <summary>This side's user has given up.</summary>
    Cancelled,
}
