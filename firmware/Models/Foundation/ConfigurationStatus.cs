namespace MeshNode.Models.Foundation
{
    /// <summary>Status codes of the Configuration messages. See Mesh Protocol 1.1, section 4.3.5.</summary>
    public enum ConfigurationStatus : byte
    {
        /// <summary>Done, or there was nothing to do.</summary>
        Success = 0x00,

        /// <summary>No element of the node has the address, or the address cannot be used so.</summary>
        InvalidAddress = 0x01,

        /// <summary>The element has no such model.</summary>
        InvalidModel = 0x02,

        /// <summary>There is no such application key, or the model is not bound to it.</summary>
        InvalidAppKeyIndex = 0x03,

        /// <summary>There is no such network key.</summary>
        InvalidNetKeyIndex = 0x04,

        /// <summary>There is no room.</summary>
        InsufficientResources = 0x05,

        /// <summary>Another key has this index.</summary>
        KeyIndexAlreadyStored = 0x06,

        /// <summary>The model does not publish.</summary>
        InvalidPublishParameters = 0x07,

        /// <summary>The model does not subscribe.</summary>
        NotASubscribeModel = 0x08,

        /// <summary>It could not be stored.</summary>
        StorageFailure = 0x09,

        /// <summary>The node does not have the feature.</summary>
        FeatureNotSupported = 0x0A,

        /// <summary>The key cannot be updated in this phase.</summary>
        CannotUpdate = 0x0B,

        /// <summary>The key cannot be removed.</summary>
        CannotRemove = 0x0C,

        /// <summary>The model is not bound to application keys.</summary>
        CannotBind = 0x0D,

        /// <summary>The state cannot be changed now.</summary>
        TemporarilyUnableToChangeState = 0x0E,

        /// <summary>The state cannot have this value.</summary>
        CannotSet = 0x0F,

        /// <summary>Some other error.</summary>
        UnspecifiedError = 0x10,

        /// <summary>The application key is bound to another network key.</summary>
        InvalidBinding = 0x11,
    }
}
